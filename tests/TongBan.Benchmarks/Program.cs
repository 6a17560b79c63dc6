System.Console.WriteLine("usage: cases");
